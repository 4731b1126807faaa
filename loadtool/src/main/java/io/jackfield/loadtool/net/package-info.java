/**
 * Many UDP sockets on one thread, straight from the C library by the foreign function interface:
 * epoll, one system call per packet, and the kernel's own time of arrival.
 *
 * <p>Here: Linux 5.11 and later with glibc 2.35 and later, on 64-bit little-endian machines. Not
 * here: what packets mean ({@code media}).
 *
 * <p>Start with {@link io.jackfield.loadtool.net.PacketPoller}.
 */
@NullMarked
package io.jackfield.loadtool.net;

import org.jspecify.annotations.NullMarked;
