/** What the outside world lends a pure function: clocks and chance. */
export interface Moment {
    /** Monotonic milliseconds; drives every timer. */
    readonly now: number;
    /** Milliseconds since 1970; for people's eyes alone. */
    readonly wallClock: number;
    /** From 0 to 1. */
    readonly random: number;
}
