package io.jackfield.call.b2bua;

import io.jackfield.media.MediaLeg;

/** What holds a leg outside of the rules, on its way from one call to another. */
record LegHandle(MediaLeg media, LegLine line) {}
