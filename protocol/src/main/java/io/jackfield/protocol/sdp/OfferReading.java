package io.jackfield.protocol.sdp;

/** What reading an offer gives. */
public sealed interface OfferReading permits MediaOffer, Refusal {}
