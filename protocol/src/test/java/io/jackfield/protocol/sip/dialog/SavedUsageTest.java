package io.jackfield.protocol.sip.dialog;

import static io.jackfield.protocol.sip.dialog.UsageBench.ANSWER;
import static io.jackfield.protocol.sip.dialog.UsageBench.OFFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.protocol.sip.CountingIdentifiers;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A usage that outlives its node")
class SavedUsageTest {
    private static final LegSettings SETTINGS =
            Messages.settings().withSessionTimer(SessionTimerSettings.DEFAULT);

    private static SavedUsage saved() {
        UsageBench leg = UsageBench.calling(SETTINGS, Optional.of(OFFER));
        leg.hear(200, ANSWER, "Session-Expires: 100;refresher=uac", "Allow: INVITE, UPDATE");
        leg.receive("INFO", "");
        return leg.usage().saved().orElseThrow();
    }

    private static InviteUsage restored(long nowNanos) {
        return InviteUsage.restored(saved(), SETTINGS, new CountingIdentifiers(), nowNanos);
    }

    @Test
    @DisplayName("has all of the dialog in a small record")
    void record() {
        assertThat(saved())
                .extracting(
                        SavedUsage::weCalled,
                        SavedUsage::peerAllowsUpdate,
                        s -> s.localSdp().orElseThrow(),
                        s -> s.remoteSdp().orElseThrow(),
                        SavedUsage::intervalSeconds,
                        SavedUsage::weRefresh,
                        s -> s.dialog().localCseq(),
                        s -> s.dialog().remoteCseq().orElseThrow())
                .containsExactly(true, true, OFFER, ANSWER, 100L, true, 1L, 2L);
    }

    @Test
    @DisplayName("goes on with the next number, and refreshes the session at once (RFC 4028)")
    void refreshes() {
        InviteUsage usage = restored(0);
        assertThat(usage.phase()).isEqualTo(Phase.CONFIRMED);
        assertThat(usage.deadlineNanos()).hasValue(0);

        List<UsageEffect> effects = usage.on(new UsageEvent.Tick(), 0).effects();
        UsageEffect.SendRequest sent = (UsageEffect.SendRequest) effects.getFirst();
        assertThat(sent.request().method()).isEqualTo(SipMethod.UPDATE);
        assertThat(sent.request().headers().cseq().number()).isEqualTo(2);
        assertThat(sent.request().headers().to().tag()).contains(Messages.PEER_TAG);
    }

    @Test
    @DisplayName("takes the peer's next request, and no old one (RFC 3261 §12.2.2)")
    void hears() {
        UsageBench before = UsageBench.calling(SETTINGS, Optional.of(OFFER));
        before.hear(200, ANSWER);
        before.receive("INFO", "");
        InviteUsage usage =
                InviteUsage.restored(
                        before.usage().saved().orElseThrow(),
                        SETTINGS,
                        new CountingIdentifiers(),
                        0);

        assertThat(status(usage, before.inDialog("OPTIONS", 2, ""))).isEqualTo(500);
        assertThat(status(usage, before.inDialog("OPTIONS", 3, ""))).isEqualTo(200);
    }

    private static int status(InviteUsage usage, SipRequest request) {
        InviteUsage.Step step =
                usage.on(
                        new UsageEvent.RequestReceived(ServerTransactionId.of(request), request),
                        0);
        return ((UsageEffect.SendResponse) step.effects().getFirst()).response().status();
    }

    @Test
    @DisplayName("is saved only while it is confirmed")
    void onlyConfirmed() {
        UsageBench leg = UsageBench.calling();
        assertThat(leg.usage().saved()).isEmpty();
        leg.hear(180, "");
        assertThat(leg.usage().saved()).isEmpty();
        Dialog early = leg.usage().dialog().orElseThrow();
        assertThatThrownBy(() ->
                        new SavedUsage(
                                true,
                                early,
                                false,
                                false,
                                false,
                                Optional.empty(),
                                Optional.empty(),
                                0,
                                false))
                .isInstanceOf(IllegalArgumentException.class);
        leg.hear(200, ANSWER);
        assertThat(leg.usage().saved()).isPresent();
        leg.on(new UsageEvent.Hangup(Optional.empty()));
        assertThat(leg.usage().saved()).isEmpty();
    }

    @Test
    @DisplayName("waits a whole interval for a peer whose part the refresh is")
    void peerRefreshes() {
        SavedUsage own = saved();
        SavedUsage theirs =
                new SavedUsage(
                        own.weCalled(),
                        own.dialog(),
                        true,
                        true,
                        false,
                        own.localSdp(),
                        own.remoteSdp(),
                        90,
                        false);
        InviteUsage usage = InviteUsage.restored(theirs, SETTINGS, new CountingIdentifiers(), 0);
        assertThat(usage.deadlineNanos()).hasValue(Duration.ofSeconds(60).toNanos());
    }
}
