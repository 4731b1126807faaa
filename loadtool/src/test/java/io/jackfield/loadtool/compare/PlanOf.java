package io.jackfield.loadtool.compare;

import io.jackfield.loadtool.scenario.LoadPlan;
import io.jackfield.loadtool.scenario.ServerProcess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Plans as the command line makes them, and a peer that does not run. */
final class PlanOf {
    static final Peer PEER =
            new Peer() {
                @Override
                public String name() {
                    return "some PBX";
                }

                @Override
                public URI webSocket() {
                    return URI.create("ws://127.0.0.1:8088/ws");
                }

                @Override
                public InetSocketAddress trunk() {
                    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 5090);
                }

                @Override
                public ServerProcess process() {
                    return ServerProcess.UNKNOWN;
                }

                @Override
                public void close() {}
            };

    private PlanOf() {}

    static ComparePlan plan(String... arguments) {
        CompareMain main = new CompareMain();
        List<String> all = new ArrayList<>(List.of("--tree", "."));
        all.addAll(List.of(arguments));
        new CommandLine(main).parseArgs(all.toArray(String[]::new));
        return main.plan();
    }

    static LoadPlan scenario(Scenario scenario) {
        return plan().of(scenario, PEER, 1);
    }
}
