/**
 * The SIP edge: flows to phones and trunks, and the loop in which transactions live.
 *
 * <p>Here: what a listener hands over ({@link io.jackfield.call.edge.SipReceiver}) and what it
 * offers to send with ({@link io.jackfield.call.edge.Flow}). Not here: sockets; those are in {@code
 * server.listener}.
 */
@NullMarked
package io.jackfield.call.edge;

import org.jspecify.annotations.NullMarked;
