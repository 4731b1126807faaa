/**
 * The loop that owns media sockets: {@link io.jackfield.media.socket.MediaLoop}, one platform
 * thread with a selector, timers and a bounded queue of tasks.
 *
 * <p>Here: sockets, ports, the thread and the clock, with almost no choices to make. Not here: what
 * a packet means ({@code engine} hands it on).
 *
 * <p>What a packet costs: {@link java.nio.channels.DatagramChannel#receive} makes an address object
 * where the sender is another than that of the packet before it on the same socket, about 100
 * bytes; a send makes nothing. Everything else on the way is reused.
 */
@NullMarked
package io.jackfield.media.socket;

import org.jspecify.annotations.NullMarked;
