package io.jackfield.loadtool.trunk;

import io.jackfield.protocol.sip.transaction.TransactionFlow;
import io.jackfield.protocol.sip.transaction.TransactionSettings;
import java.net.InetSocketAddress;

/** The way to the PBX, which is the only one to call here. */
record UdpFlow(InetSocketAddress remote) implements TransactionFlow {
    @Override
    public boolean reliable() {
        return false;
    }

    @Override
    public int transactionsMax() {
        return TransactionSettings.TOTAL_MAX;
    }
}
