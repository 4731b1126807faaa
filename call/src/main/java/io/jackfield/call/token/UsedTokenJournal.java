package io.jackfield.call.token;

import java.time.Instant;
import java.util.function.BiConsumer;

/** Where used tokens are written down, so that a restart of the process forgets none. */
public interface UsedTokenJournal {
    /**
     * Notes a token before its call is dialled.
     *
     * @param digest of its identity; base64url
     * @param forgetAt from when on the note is of no use
     * @return false when that failed: the call must not be dialled
     */
    boolean add(String digest, Instant forgetAt);

    /** Tells what is noted; lines that a crash has torn were never acted upon and are left out. */
    void read(BiConsumer<String, Instant> used);

    /** Keeps nothing: for tests and for a PBX without a data folder. */
    static UsedTokenJournal none() {
        return new UsedTokenJournal() {
            @Override
            public boolean add(String digest, Instant forgetAt) {
                return true;
            }

            @Override
            public void read(BiConsumer<String, Instant> used) {}
        };
    }
}
