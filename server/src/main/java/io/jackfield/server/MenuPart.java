package io.jackfield.server;

import io.jackfield.call.b2bua.Calls;
import io.jackfield.call.event.Events;
import io.jackfield.call.routing.Site;
import io.jackfield.contactcenter.ivr.Menu;
import io.jackfield.contactcenter.runner.MenuCalls;
import io.jackfield.media.prompt.PromptSet;
import io.jackfield.server.config.PbxSite;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/** Callers in menus. */
final class MenuPart implements AutoCloseable {
    private final MenuCalls menus;

    private MenuPart(MenuCalls menus) {
        this.menus = menus;
    }

    static MenuPart start(Calls calls, Supplier<PbxSite> site, Events events) {
        MenuCalls menus =
                new MenuCalls(
                        calls::tell, house(site), events::publish, System::nanoTime, Instant::now);
        events.listen(menus::on);
        Thread.ofVirtual().name("menus").start(menus);
        return new MenuPart(menus);
    }

    private static MenuCalls.House house(Supplier<PbxSite> site) {
        PromptSet.BuiltIn builtIn = new BuiltInPrompts();
        return new MenuCalls.House() {
            @Override
            public Site site() {
                return site.get().calls();
            }

            @Override
            public Map<String, Menu> menus() {
                return site.get().menus();
            }

            @Override
            public PromptSet prompts() {
                return site.get().prompts().with(builtIn);
            }
        };
    }

    @Override
    public void close() {
        menus.stop();
    }
}
