/**
 * The demo's other end: a carrier made of code, so that one can make a first call with nothing but
 * a browser.
 *
 * <p>The robot is a SIP and RTP endpoint of its own: it hears of us only what comes over the trunk.
 * Not here: agents and routes of the demo; those are in {@code demo-site.yaml}.
 */
@NullMarked
package io.jackfield.server.demo;

import org.jspecify.annotations.NullMarked;
