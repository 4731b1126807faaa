/**
 * What happens to the packets of one leg: {@link io.jackfield.media.pipeline.ReceivePipeline} for
 * those it says, {@link io.jackfield.media.pipeline.OutgoingStream} for those it hears.
 *
 * <p>Here: statistics, RTCP (RFC 3550 §6), DTMF (RFC 4733), prompts, silence. Not here: whose
 * packets they are ({@code peer}), who hears whom ({@code bridge}).
 *
 * <p>Machines of the media loop's thread; nothing allocates per packet.
 */
@NullMarked
package io.jackfield.media.pipeline;

import org.jspecify.annotations.NullMarked;
