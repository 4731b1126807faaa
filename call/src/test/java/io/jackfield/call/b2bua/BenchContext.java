package io.jackfield.call.b2bua;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.OwnAddresses;
import io.jackfield.call.registrar.Binding;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.routing.Trunk;
import io.jackfield.call.testing.CountedIdentifiers;
import io.jackfield.media.prompt.Music;
import io.jackfield.media.prompt.Prompt;
import io.jackfield.media.recording.RecordingOrder;
import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.dialog.LegSettings;
import io.jackfield.protocol.sip.dialog.UsageNotice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The surroundings of calls under test: who is registered, which trunks are up. */
final class BenchContext implements CallContext {
    static final Prompt MUSIC = Music.tone(440, 0.1, 100);

    private final PlantedBug bug;
    private final Identifiers identifiers = new Drawn();
    private final OwnAddresses own = new OwnAddresses("pbx.example", List.of(), Map.of());
    private final Map<String, List<Binding>> phones = new HashMap<>();
    final Map<String, Destination> routes = new HashMap<>();
    private final Map<String, Flow> trunkFlows = new HashMap<>();
    private Function<NewCall, Optional<RecordingWanted>> recording = _ -> Optional.empty();
    private boolean credentials;

    BenchContext() {
        this(new PlantedBug());
    }

    /**
     * @param bug springs when the call asks
     */
    BenchContext(PlantedBug bug) {
        this.bug = bug;
    }

    /** Names, as the call draws them. */
    private final class Drawn implements Identifiers {
        private final Identifiers counted = new CountedIdentifiers();

        @Override
        public String tag() {
            bug.use();
            return counted.tag();
        }

        @Override
        public String branch() {
            bug.use();
            return counted.branch();
        }

        @Override
        public String callId() {
            bug.use();
            return counted.callId();
        }
    }

    // ---- what the test says

    Binding registered(String agent, Flow flow, Optional<String> instance) {
        Binding binding =
                new Binding(
                        agent,
                        SipUri.of(agent, flow.id() + ".invalid"),
                        flow,
                        instance,
                        Optional.of("1"),
                        "reg",
                        1,
                        0);
        phones.computeIfAbsent(agent, _ -> new ArrayList<>()).add(binding);
        return binding;
    }

    void unregistered(Flow flow) {
        phones.values().forEach(bindings -> bindings.removeIf(b -> b.flow().equals(flow)));
    }

    /** The trunk is up, and that is the way to it. */
    void leadsTo(Trunk trunk, Flow flow) {
        trunkFlows.put(trunk.name(), flow);
    }

    void isDown(Trunk trunk) {
        trunkFlows.remove(trunk.name());
    }

    void haveCredentials() {
        credentials = true;
    }

    /** Whose phones have registered over that flow. */
    Set<String> agentsOn(Flow flow) {
        return phones.values().stream()
                .flatMap(List::stream)
                .filter(b -> b.flow().equals(flow))
                .map(Binding::agent)
                .collect(Collectors.toUnmodifiableSet());
    }

    // ---- what the call asks

    /** Agents by their names, in anybody's words. */
    @Override
    public Destination route(Party by, String dialled) {
        return routes.getOrDefault(dialled, new Destination.Unknown());
    }

    @Override
    public Prompt ringback() {
        return BenchContext.MUSIC;
    }

    @Override
    public Prompt music() {
        return MUSIC;
    }

    @Override
    public CallSettings settings() {
        return CallSettings.of("pbx.example");
    }

    @Override
    public Identifiers identifiers() {
        return identifiers;
    }

    @Override
    public List<Binding> phones(String agent) {
        bug.use();
        return List.copyOf(phones.getOrDefault(agent, List.of()));
    }

    @Override
    public Optional<Flow> trunkFlow(Trunk trunk) {
        bug.use();
        return Optional.ofNullable(trunkFlows.get(trunk.name()));
    }

    @Override
    public LegSettings legSettings(Flow flow) {
        bug.use();
        return LegSettings.of(
                flow.transport().name(),
                own.host(flow),
                OptionalInt.empty(),
                own.contact(flow, Optional.empty()));
    }

    @Override
    public String host(Flow flow) {
        bug.use();
        return own.host(flow);
    }

    /** From now on calls are recorded, after that prompt. */
    void records(Optional<Prompt> consent) {
        recording =
                call ->
                        Optional.of(
                                new RecordingWanted(
                                        new RecordingOrder(
                                                call.id().replace('.', '-'),
                                                RecordingOrder.Format.WAV,
                                                8_000,
                                                RecordingOrder.PauseMark.TONE,
                                                call.startedAt()),
                                        consent));
    }

    @Override
    public Optional<RecordingWanted> recording(NewCall call, Party answeredBy) {
        bug.use();
        return recording.apply(call);
    }

    @Override
    public Optional<List<Header>> credentials(Trunk trunk, UsageNotice.Challenged challenged) {
        bug.use();
        return credentials
                ? Optional.of(List.of(new Header("Authorization", "Digest username=\"x\"")))
                : Optional.empty();
    }
}
