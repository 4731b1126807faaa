package io.jackfield.server.config;

import io.jackfield.api.http.ApiKey;
import io.jackfield.call.routing.Site;
import io.jackfield.contactcenter.ivr.Menu;
import io.jackfield.contactcenter.site.FloorSettings;
import io.jackfield.media.prompt.PromptSet;
import java.util.List;
import java.util.Map;

/**
 * All that a site says, valid as a whole and replaced as a whole. Immutable.
 *
 * @param calls what calls are routed by
 * @param floor what agents and queues work by
 * @param prompts the site's own sounds
 * @param keys for the API
 * @param menus by name
 */
public record PbxSite(
        Site calls,
        FloorSettings floor,
        PromptSet prompts,
        List<ApiKey> keys,
        Map<String, Menu> menus) {
    public PbxSite {
        keys = List.copyOf(keys);
        menus = Map.copyOf(menus);
    }
}
