package io.jackfield.call.b2bua;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.registrar.Binding;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.routing.Trunk;
import io.jackfield.media.prompt.Prompt;
import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.dialog.LegSettings;
import io.jackfield.protocol.sip.dialog.UsageNotice;
import java.util.List;
import java.util.Optional;

/**
 * What a call asks of its surroundings. All answers come from snapshots in memory, at once.
 *
 * <p>Thread-safety: any thread.
 */
public interface CallContext {
    CallSettings settings();

    Identifiers identifiers();

    /** The phones by which that agent can be reached now. */
    List<Binding> phones(String agent);

    /** What that party reaches by dialling this. */
    Destination route(Party by, String dialled);

    /** The way to that trunk; empty while it is known to be down. */
    Optional<Flow> trunkFlow(Trunk trunk);

    /** Via, Contact and rules for a dialog over that flow. */
    LegSettings legSettings(Flow flow);

    /** The host part by which we are known over that flow. */
    String host(Flow flow);

    /** Whether the call that was just answered is recorded, and how. */
    Optional<RecordingWanted> recording(NewCall call, Party answeredBy);

    /** What those hear who wait. */
    Prompt music();

    /** What those hear for whom somebody is rung. */
    Prompt ringback();

    /** Credentials for what that trunk challenged; empty when there are none for its realm. */
    Optional<List<Header>> credentials(Trunk trunk, UsageNotice.Challenged challenged);
}
