package io.signalbox.it;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.signalbox.standalone.Worker;
import java.io.IOException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What a worker's own metrics tell of its group: its generation grows by one with each rebalance. */
final class WorkerGroup implements AutoCloseable {

    private static final String REBALANCES = "kafka.connect:type=connect-worker-rebalance-metrics";

    private final JMXConnector jmx;
    private final MBeanServerConnection beans;

    /** @param worker is running, on this machine */
    WorkerGroup(Worker worker) throws IOException {
        jmx = JMXConnectorFactory.connect(new JMXServiceURL(agent(worker.child().pid())));
        beans = jmx.getMBeanServerConnection();
    }

    private static String agent(long pid) throws IOException {
        try {
            var machine = VirtualMachine.attach(Long.toString(pid));
            try {
                return machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException(e);
        }
    }

    /** How many rebalances its group has been through, this worker's first ones included. */
    long generation() {
        try {
            return ((Number) beans.getAttribute(new ObjectName(REBALANCES), "epoch")).longValue();
        } catch (JMException | IOException e) {
            throw new IllegalStateException("the worker's metrics cannot be read", e);
        }
    }

    @Override
    public void close() throws IOException {
        jmx.close();
    }
}
