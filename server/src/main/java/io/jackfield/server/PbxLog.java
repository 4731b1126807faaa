package io.jackfield.server;

import io.jackfield.call.event.PbxEvent;
import io.jackfield.contactcenter.floor.FloorEffect;

/** What writes down what happens. Any thread; must not wait. */
public interface PbxLog {
    /** Writes nothing. */
    PbxLog NONE =
            new PbxLog() {
                @Override
                public void on(PbxEvent event) {
                    // nobody reads it
                }

                @Override
                public void told(FloorEffect.Told what) {
                    // nobody reads it
                }
            };

    /** To calls, phones, trunks and the site. */
    void on(PbxEvent event);

    /** To agents and queues. */
    void told(FloorEffect.Told what);
}
