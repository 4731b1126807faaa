package io.jackfield.server;

import io.jackfield.call.routing.Site;
import io.jackfield.contactcenter.ivr.Menu;
import io.jackfield.contactcenter.runner.House;
import io.jackfield.contactcenter.site.FloorSettings;
import io.jackfield.media.prompt.PromptSet;
import io.jackfield.server.config.PbxSite;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the contact centre reads of the site in force.
 *
 * @param now the site in force
 * @param builtIn prompts of which the site has no own
 */
record SiteHouse(Supplier<PbxSite> now, PromptSet.BuiltIn builtIn) implements House {
    @Override
    public Site site() {
        return now.get().calls();
    }

    @Override
    public FloorSettings floor() {
        return now.get().floor();
    }

    @Override
    public Map<String, Menu> menus() {
        return now.get().menus();
    }

    @Override
    public PromptSet prompts() {
        return now.get().prompts().with(builtIn);
    }
}
