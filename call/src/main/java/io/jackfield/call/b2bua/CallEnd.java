package io.jackfield.call.b2bua;

import io.jackfield.call.cdr.Cdr.HangupSide;

/**
 * Why a call ends.
 *
 * @param cause a few plain words, as the CDR keeps them
 * @param status what the caller is told when there was no answer; 200 after one
 */
record CallEnd(HangupSide side, String cause, int status) {

    static CallEnd normal(HangupSide side) {
        return new CallEnd(side, "normal", 200);
    }

    static CallEnd cancelled() {
        return new CallEnd(HangupSide.CALLER, "cancelled", 487);
    }

    static CallEnd byPbx(String cause, int status) {
        return new CallEnd(HangupSide.PBX, cause, status);
    }

    /** The end when the called side refused with that status. */
    static CallEnd refused(int status) {
        return new CallEnd(HangupSide.CALLEE, words(status), status);
    }

    private static String words(int status) {
        return switch (status) {
            case 486, 600 -> "busy";
            case 603, 403 -> "rejected";
            case 404, 410, 484, 604 -> "number not found";
            case 408, 480 -> "no answer";
            case 415, 488, 606 -> "no common codec";
            case 487 -> "cancelled";
            case 503 -> "service unavailable";
            default -> "failed with " + status;
        };
    }
}
