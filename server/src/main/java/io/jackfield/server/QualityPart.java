package io.jackfield.server;

import io.jackfield.api.http.ApiPart;
import io.jackfield.api.quality.QualityApi;
import io.jackfield.api.quality.QualityJson;
import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.cdr.CdrStore;
import io.jackfield.call.event.Events;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.observe.quality.CallQuality;
import io.jackfield.observe.quality.QualityMonitor;
import io.jackfield.observe.quality.Verdict;
import io.jackfield.storage.ladder.LadderReader;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** How calls are heard: followed while they are up, judged with their record. Any thread. */
final class QualityPart {
    private final QualityMonitor monitor = new QualityMonitor(System::nanoTime);
    private final Events events;
    private volatile Consumer<CallQuality> ended = _ -> {};

    private QualityPart(Events events) {
        this.events = events;
    }

    static QualityPart start(Events events) {
        QualityPart part = new QualityPart(events);
        events.listen(part::on);
        return part;
    }

    private void on(PbxEvent event) {
        monitor.on(event);
        if (event instanceof PbxEvent.CallEnded(var callId, _)) {
            monitor.end(callId).filter(q -> !q.legs().isEmpty()).ifPresent(this::tell);
        }
    }

    /** Also tells that one of every call that has ended. */
    void tell(Consumer<CallQuality> also) {
        ended = also;
    }

    private void tell(CallQuality quality) {
        ended.accept(quality);
        Verdict verdict = quality.verdict();
        Optional<Verdict.Blame> worst = verdict.blamed().stream().findFirst();
        events.publish(
                new PbxEvent.QualityJudged(
                        quality.callId(),
                        verdict.words(Verdict.Language.EN),
                        worst.map(b -> b.link().name().toLowerCase(Locale.ROOT)),
                        worst.map(Verdict.Blame::party).filter(p -> !p.isEmpty()),
                        verdict.judgedSeconds(),
                        verdict.badSeconds(),
                        verdict.worstRunSeconds(),
                        QualityJson.full(quality).toString()));
    }

    /** Writes what is known of how a call was heard into its record. */
    CdrStore judging(CdrStore records) {
        return cdr -> records.append(judged(cdr));
    }

    private Cdr judged(Cdr cdr) {
        return cdr.withQuality(
                monitor.of(cdr.id())
                        .filter(q -> !q.legs().isEmpty())
                        .map(q -> QualityJson.summary(q).toString()));
    }

    ApiPart api(Optional<LadderReader> kept) {
        return new QualityApi(monitor, kept);
    }
}
