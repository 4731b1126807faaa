package io.jackfield.contactcenter.site;

/** Who of the free agents is rung for a caller. */
public enum Strategy {
    /** All of them at once; the first to answer has the call. */
    RING_ALL,
    /** Who has been without a call for longest. */
    LONGEST_IDLE,
    /** The next in the order of the members after the one who was rung last. */
    ROUND_ROBIN,
    /** Who has answered the fewest calls today; of several the one idle for longest. */
    FEWEST_CALLS,
    /** Who is best at what the caller needs; of several the one idle for longest. */
    SKILL_LEVEL,
    /** Who is of the lowest tier; of several the one idle for longest. */
    PRIORITY
}
