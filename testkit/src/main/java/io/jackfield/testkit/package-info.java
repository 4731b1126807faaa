/**
 * What tests of every module stand on: virtual time, a simulated network, a real bad one.
 *
 * <p>Here: {@link io.jackfield.testkit.VirtualClock} and {@link io.jackfield.testkit.Bench} to
 * drive machines that own no clock, {@link io.jackfield.testkit.SimulatedNetwork} to lose and
 * reorder what they say, {@link io.jackfield.testkit.UdpRelay} to do so with real datagrams, {@link
 * io.jackfield.testkit.Seed} to do it again. Not here: anything that knows SIP or RTP; this module
 * depends on none of ours, so that even {@code protocol}'s tests may use it.
 *
 * <p>Start with {@link io.jackfield.testkit.Bench}. Everything is confined to the test's thread but
 * the relay, which says so.
 */
@NullMarked
package io.jackfield.testkit;

import org.jspecify.annotations.NullMarked;
