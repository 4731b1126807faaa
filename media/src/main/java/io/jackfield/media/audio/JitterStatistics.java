package io.jackfield.media.audio;

/**
 * What a jitter buffer has done so far. Samples are of the decoder's rate.
 *
 * @param accepted packets that came in time
 * @param reordered those of them that one sent later had overtaken
 * @param late packets that came after their turn
 * @param duplicates packets that came twice
 * @param discarded packets thrown away unheard: there were too many, or the delay was too long
 * @param restarts how often the stream began anew
 * @param takenSamples all that was given
 * @param concealedSamples made up for what was lost or late
 * @param pausedSamples silence or comfort noise, because nothing was sent
 * @param removedSamples cut out to shorten the delay
 * @param insertedSamples put in to lengthen it
 */
public record JitterStatistics(
        long accepted,
        long reordered,
        long late,
        long duplicates,
        long discarded,
        long restarts,
        long takenSamples,
        long concealedSamples,
        long pausedSamples,
        long removedSamples,
        long insertedSamples) {}
