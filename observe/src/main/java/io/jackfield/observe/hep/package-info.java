/** SIP and RTCP for a capture server (HOMER, sngrep, heplify) by HEP version 3. */
@NullMarked
package io.jackfield.observe.hep;

import org.jspecify.annotations.NullMarked;
