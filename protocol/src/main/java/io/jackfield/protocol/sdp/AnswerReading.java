package io.jackfield.protocol.sdp;

/** What reading an answer gives. */
public sealed interface AnswerReading permits MediaAnswer, Refusal {}
