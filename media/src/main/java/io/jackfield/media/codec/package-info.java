/**
 * Codecs: payloads to 16-bit samples and back.
 *
 * <p>Here: G.711 (ITU-T G.711), G.722 at 64 kbit/s (ITU-T G.722 mode 1), Opus (RFC 6716), comfort
 * noise (RFC 3389), and what stands in for a lost frame. Not here: when a frame is due, which one
 * is lost ({@code audio}), which payload type means which codec ({@code protocol.sdp}).
 *
 * <p>Start with {@link io.jackfield.media.codec.AudioDecoder} and {@link
 * io.jackfield.media.codec.AudioEncoder}. Machines without clock or socket, one stream each; one
 * thread at a time. No frame allocates, except in Opus' fallback in pure Java.
 */
@NullMarked
package io.jackfield.media.codec;

import org.jspecify.annotations.NullMarked;
