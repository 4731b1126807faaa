package io.jackfield.server.config;

import io.jackfield.call.routing.Site;
import io.jackfield.contactcenter.site.FloorSettings;
import io.jackfield.media.prompt.PromptSet;

/**
 * All that a site says, valid as a whole and replaced as a whole. Immutable.
 *
 * @param calls what calls are routed by
 * @param floor what agents and queues work by
 * @param prompts the site's own sounds
 */
public record PbxSite(Site calls, FloorSettings floor, PromptSet prompts) {}
