package io.jackfield.contactcenter.floor;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.agent.AgentRequest;
import io.jackfield.contactcenter.agent.AskedBy;
import io.jackfield.contactcenter.agent.Conversation;
import io.jackfield.contactcenter.agent.Grade;
import io.jackfield.contactcenter.agent.Miss;
import io.jackfield.contactcenter.site.Need;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Everything that callers, agents and networks can do to a floor, likely and unlikely, in time and
 * too late.
 */
final class World {
    private static final AskedBy SUPERVISOR = new AskedBy(AskedBy.Role.SUPERVISOR, "boss");

    private final RandomGenerator random;
    private final Sites sites;
    private final Set<CallId> customers = new LinkedHashSet<>();
    private long calls;

    World(RandomGenerator random, Sites sites) {
        this.random = random;
        this.sites = sites;
    }

    /** Remembers which customers are being called. */
    void take(FloorEffect effect) {
        switch (effect) {
            case FloorEffect.StartCallback(var call, _, _, _) -> customers.add(call);
            case FloorEffect.CancelCallback(var call) -> {
                // Now and then the customer was quicker.
                if (random.nextInt(4) > 0) {
                    customers.remove(call);
                }
            }
            default -> {}
        }
    }

    FloorEvent next(Floor floor) {
        int dice = random.nextInt(1_000);
        if (dice < 230) {
            return enters(floor);
        } else if (dice < 290) {
            return new FloorEvent.CallerLeft(waiting(floor).orElseGet(this::anyCall));
        } else if (dice < 330) {
            return asksForCallback(floor);
        } else if (dice < 370) {
            return customer();
        } else if (dice < 470) {
            return new FloorEvent.AgentRings(offer(floor));
        } else if (dice < 640) {
            return new FloorEvent.AgentAnswered(offer(floor));
        } else if (dice < 680) {
            return new FloorEvent.AgentMissed(offer(floor), oneOf(Miss.values()));
        } else if (dice < 740) {
            return new FloorEvent.PhoneRegistered(agent());
        } else if (dice < 755) {
            return new FloorEvent.PhoneGone(agent());
        } else if (dice < 840) {
            return asks();
        } else if (dice < 855) {
            return begins(floor);
        } else if (dice < 875) {
            return new FloorEvent.AgentCallHeld(agent(), anyTalk(floor), random.nextBoolean());
        } else if (dice < 985) {
            return ends(floor);
        } else if (dice < 997) {
            return new FloorEvent.AgentGraded(agent(), oneOf(Grade.values()));
        } else if (dice < 999 || random.nextInt(4) > 0) {
            return random.nextInt(4) > 0
                    ? new FloorEvent.Tick()
                    : new FloorEvent.SettingsReplaced(sites.any());
        }
        return new FloorEvent.Restarted(survivors(floor));
    }

    private FloorEvent enters(Floor floor) {
        boolean crowded =
                floor.queues().values().stream().mapToInt(q -> q.line().size()).sum() > 25;
        if (crowded) {
            return new FloorEvent.Tick();
        }
        Map<String, Integer> skills = new HashMap<>();
        if (random.nextInt(3) == 0) {
            skills.put(Sites.SKILLS.get(random.nextInt(3)), 1 + random.nextInt(8));
        }
        Need need =
                new Need(
                        random.nextInt(4) == 0 ? random.nextInt(10) : 0,
                        random.nextInt(10),
                        skills);
        String number = random.nextInt(10) == 0 ? "" : "7495" + random.nextInt(1_000_000);
        return new FloorEvent.CallerEntered(new CallId("call-" + calls++), queue(), number, need);
    }

    private FloorEvent asksForCallback(Floor floor) {
        return new FloorEvent.CallbackAsked(
                waiting(floor).orElseGet(this::anyCall),
                random.nextBoolean() ? Optional.of("74951112233") : Optional.empty());
    }

    private FloorEvent customer() {
        CallId call =
                random.nextInt(20) == 0 || customers.isEmpty()
                        ? anyCall()
                        : oneOf(List.copyOf(customers));
        customers.remove(call);
        return random.nextBoolean()
                ? new FloorEvent.CustomerAnswered(call)
                : new FloorEvent.CustomerNotReached(call);
    }

    private FloorEvent asks() {
        AskedBy by = random.nextInt(10) == 0 ? SUPERVISOR : new AskedBy(AskedBy.Role.AGENT, "self");
        AgentRequest request =
                switch (random.nextInt(12)) {
                    case 0 -> new AgentRequest.Break("lunch");
                    case 1 -> new AgentRequest.Break("no such reason");
                    case 2 -> new AgentRequest.Offline();
                    case 3, 4 -> new AgentRequest.ExtendWrapUp();
                    case 5, 6 -> new AgentRequest.FinishWrapUp();
                    default -> new AgentRequest.Ready();
                };
        return new FloorEvent.AgentAsked(agent(), request, by);
    }

    private FloorEvent begins(Floor floor) {
        return switch (random.nextInt(3)) {
            case 0 -> new FloorEvent.AgentCallBegan(agent(), anyTalk(floor), Optional.of(queue()));
            default ->
                    new FloorEvent.AgentCallBegan(
                            agent(), new CallId("own-" + calls++), Optional.empty());
        };
    }

    private FloorEvent ends(Floor floor) {
        List<FloorAgent> talking =
                floor.agents().values().stream()
                        .filter(a -> a.agent().onCall().isPresent())
                        .toList();
        if (talking.isEmpty()) {
            return new FloorEvent.AgentCallEnded(agent(), anyCall());
        }
        FloorAgent one = oneOf(talking);
        List<Conversation> all = one.agent().onCall().orElseThrow().conversations();
        return new FloorEvent.AgentCallEnded(one.agent().id(), oneOf(all).call());
    }

    private Set<CallId> survivors(Floor floor) {
        Set<CallId> alive = new LinkedHashSet<>();
        floor.queues().values().stream()
                .flatMap(q -> q.callers().stream())
                .filter(_ -> random.nextBoolean())
                .forEach(c -> alive.add(c.call()));
        talks(floor).stream().filter(_ -> random.nextBoolean()).forEach(alive::add);
        return alive;
    }

    private static List<CallId> talks(Floor floor) {
        return floor.agents().values().stream()
                .flatMap(a -> a.agent().onCall().stream())
                .flatMap(c -> c.conversations().stream())
                .map(Conversation::call)
                .toList();
    }

    private CallId anyTalk(Floor floor) {
        List<CallId> all = talks(floor);
        return all.isEmpty() ? anyCall() : oneOf(all);
    }

    private Optional<CallId> waiting(Floor floor) {
        List<CallId> all = new ArrayList<>();
        floor.queues().values().forEach(q -> q.callers().forEach(c -> all.add(c.call())));
        return all.isEmpty() ? Optional.empty() : Optional.of(oneOf(all));
    }

    /** One that was there once, as likely as not long gone. */
    private CallId anyCall() {
        return new CallId("call-" + random.nextLong(calls + 1));
    }

    private long offer(Floor floor) {
        List<Long> all = List.copyOf(floor.offers().keySet());
        return all.isEmpty() || random.nextInt(20) == 0
                ? random.nextLong(floor.nextOffer() + 2)
                : oneOf(all);
    }

    private AgentId agent() {
        return new AgentId("100" + random.nextInt(Sites.AGENTS));
    }

    private QueueId queue() {
        return new QueueId("70" + random.nextInt(Sites.QUEUES));
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private <T> T oneOf(T[] all) {
        return all[random.nextInt(all.length)];
    }
}
