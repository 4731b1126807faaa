package io.jackfield.observe.ladder;

import io.jackfield.storage.ladder.LadderChange;

/** Takes what {@link LadderRules} make of events, in order, on their thread. */
interface LadderSink {
    /** To be kept. */
    void keep(LadderChange change);

    /** To be shown to whoever looks on, whether it is kept or not. */
    void show(SeenRow row);
}
