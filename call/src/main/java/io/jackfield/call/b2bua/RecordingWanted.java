package io.jackfield.call.b2bua;

import io.jackfield.media.prompt.Prompt;
import io.jackfield.media.recording.RecordingOrder;
import java.util.Optional;

/**
 * That a call is to be recorded.
 *
 * @param consent what both sides hear first
 */
public record RecordingWanted(RecordingOrder order, Optional<Prompt> consent) {}
