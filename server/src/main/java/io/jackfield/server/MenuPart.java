package io.jackfield.server;

import io.jackfield.call.b2bua.Calls;
import io.jackfield.call.event.Events;
import io.jackfield.contactcenter.runner.House;
import io.jackfield.contactcenter.runner.MenuCalls;
import java.time.Instant;

/** Callers in menus. */
final class MenuPart implements AutoCloseable {
    private final MenuCalls menus;

    private MenuPart(MenuCalls menus) {
        this.menus = menus;
    }

    static MenuPart start(Calls calls, House house, Events events) {
        MenuCalls menus =
                new MenuCalls(calls::tell, house, events::publish, System::nanoTime, Instant::now);
        events.listen(menus::on);
        Thread.ofVirtual().name("menus").start(menus);
        return new MenuPart(menus);
    }

    @Override
    public void close() {
        menus.stop();
    }
}
