/**
 * The SIP edge: flows to phones and trunks, and the addresses by which we are known over them.
 *
 * <p>Here: what a listener hands over ({@link io.jackfield.call.edge.SipReceiver}) and what it
 * offers to send with ({@link io.jackfield.call.edge.Flow}). Not here: sockets; those are in {@code
 * server.listener}. Nor what is done with the messages; that begins in {@code signaling}.
 */
@NullMarked
package io.jackfield.call.edge;

import org.jspecify.annotations.NullMarked;
