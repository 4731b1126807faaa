package io.jackfield.contactcenter.runner;

import io.jackfield.call.routing.Site;
import io.jackfield.contactcenter.ivr.Menu;
import io.jackfield.contactcenter.site.FloorSettings;
import io.jackfield.media.prompt.PromptSet;
import java.util.Map;

/** What the site says now. Any thread. */
public interface House {
    Site site();

    FloorSettings floor();

    /** By name. */
    Map<String, Menu> menus();

    /** The site's own, and those that are built in. */
    PromptSet prompts();
}
