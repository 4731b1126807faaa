package io.jackfield.server.config;

import io.jackfield.api.http.ApiKey;
import io.jackfield.call.routing.Site;
import io.jackfield.contactcenter.site.FloorSettings;
import io.jackfield.media.prompt.PromptSet;
import java.util.List;

/**
 * All that a site says, valid as a whole and replaced as a whole. Immutable.
 *
 * @param calls what calls are routed by
 * @param floor what agents and queues work by
 * @param prompts the site's own sounds
 * @param keys for the API
 */
public record PbxSite(Site calls, FloorSettings floor, PromptSet prompts, List<ApiKey> keys) {
    public PbxSite {
        keys = List.copyOf(keys);
    }
}
