/**
 * The loop that owns media sockets: {@link io.jackfield.media.socket.MediaLoop}, one platform
 * thread with a poller, timers and a bounded queue of tasks.
 *
 * <p>Here: sockets, ports, the thread and the clock, with almost no choices to make. Not here: what
 * a packet means ({@code engine} hands it on).
 *
 * <p>What a packet costs: on Linux two system calls, or a share of one where several are there, and
 * no object ({@link io.jackfield.media.socket.SocketKind#EPOLL}). Elsewhere the JDK's channels do
 * the same, with an address object for each packet whose sender is another than that of the packet
 * before it on the same socket.
 */
@NullMarked
package io.jackfield.media.socket;

import org.jspecify.annotations.NullMarked;
