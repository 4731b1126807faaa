package io.jackfield.call;

import io.jackfield.call.b2bua.CallContext;
import io.jackfield.call.b2bua.CallSettings;
import io.jackfield.call.b2bua.NewCall;
import io.jackfield.call.b2bua.Party;
import io.jackfield.call.b2bua.RecordingWanted;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.OwnAddresses;
import io.jackfield.call.registrar.Binding;
import io.jackfield.call.registrar.Registrar;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.routing.Router;
import io.jackfield.call.routing.Site;
import io.jackfield.call.routing.Trunk;
import io.jackfield.call.trunk.TrunkRequests;
import io.jackfield.call.trunk.Trunks;
import io.jackfield.media.prompt.Music;
import io.jackfield.media.prompt.Prompt;
import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.dialog.LegSettings;
import io.jackfield.protocol.sip.dialog.SessionTimerSettings;
import io.jackfield.protocol.sip.dialog.UsageNotice;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What calls ask of registrar, trunks and configuration. Any thread. */
public final class Surroundings implements CallContext {
    private final CallSettings settings;
    private final OwnAddresses own;
    private final Identifiers identifiers;
    private final Registrar registrar;
    private final Trunks trunks;
    private final TrunkRequests requests;
    private final String product;
    private final Supplier<Site> site;
    private final RecordingSettings recordings;
    private final Prompt music = Music.melody();
    private final Prompt ringback = Music.ringback();

    public Surroundings(
            CallSettings settings,
            OwnAddresses own,
            Identifiers identifiers,
            Registrar registrar,
            Trunks trunks,
            TrunkRequests requests,
            String product,
            Supplier<Site> site,
            RecordingSettings recordings) {
        this.settings = settings;
        this.own = own;
        this.identifiers = identifiers;
        this.registrar = registrar;
        this.trunks = trunks;
        this.requests = requests;
        this.product = product;
        this.site = site;
        this.recordings = recordings;
    }

    @Override
    public CallSettings settings() {
        return settings;
    }

    @Override
    public Identifiers identifiers() {
        return identifiers;
    }

    @Override
    public List<Binding> phones(String agent) {
        return registrar.bindings(agent);
    }

    @Override
    public Destination route(Party by, String dialled) {
        return switch (by) {
            case Party.Phone _ -> Router.fromAgent(site.get(), dialled);
            case Party.Customer _ -> Router.fromTrunk(site.get(), dialled);
        };
    }

    @Override
    public Optional<Flow> trunkFlow(Trunk trunk) {
        return trunks.flow(trunk);
    }

    @Override
    public LegSettings legSettings(Flow flow) {
        return new LegSettings(
                own.via(flow),
                own.contact(flow, Optional.empty()),
                SessionTimerSettings.DEFAULT,
                LegSettings.Reliable100.SUPPORTED,
                LegSettings.ALLOW,
                false,
                LegSettings.T1,
                LegSettings.T2,
                Optional.of(product));
    }

    @Override
    public String host(Flow flow) {
        return own.host(flow);
    }

    @Override
    public Optional<RecordingWanted> recording(NewCall call, Party answeredBy) {
        return recordings.wanted(site.get(), call, answeredBy);
    }

    @Override
    public Prompt ringback() {
        return ringback;
    }

    @Override
    public Prompt music() {
        return music;
    }

    @Override
    public Optional<List<Header>> credentials(Trunk trunk, UsageNotice.Challenged challenged) {
        return requests.credentials(trunk, challenged.request(), challenged.response());
    }
}
