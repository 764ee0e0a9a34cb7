import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A job: copied to a member, which has this class too. */
record Digits(int exponent) implements Callable<Integer>, Serializable {
    @Override
    public Integer call() throws IOException {
        if (exponent < 0) {
            throw new IOException("no digits of 2 to the power of " + exponent);
        }
        return BigInteger.TWO.pow(exponent).toString().length();
    }
}

record Nap(int millis) implements Callable<String>, Serializable {
    @Override
    public String call() throws InterruptedException {
        Thread.sleep(millis);
        return "slept";
    }
}

/** What each machine starts, with the addresses of some others in setMembers. */
HazelcastInstance member() {
    var config = new Config().setClusterName("digits-" + ProcessHandle.current().pid());
    config.setProperty("hazelcast.socket.bind.any", "false"); // not on every network that this machine is in
    config.setProperty("hazelcast.phone.home.enabled", "false");
    var network = config.getNetworkConfig().setPort(0);
    network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    network.getJoin().getAutoDetectionConfig().setEnabled(false);
    network.getJoin().getTcpIpConfig().setEnabled(true);
    return Hazelcast.newHazelcastInstance(config);
}

void main() {
    System.setProperty("hazelcast.logging.type", "none");
    var member = member();
    var cluster = member.getExecutorService("jobs"); // an ExecutorService
    try {
        run(() -> {
            var digits = Stream.of(10, 1_000, 100_000)
                    .map(exponent -> runInExecutor(cluster, new Digits(exponent)))
                    .toList();
            println(await(gather(digits)));

            try {
                await(runInExecutor(cluster, new Digits(-1)), IOException.class);
            } catch (IOException e) {
                println("failed: " + e.getMessage());
            }

            try {
                timeout(ofMillis(300), () -> await(runInExecutor(cluster, new Nap(60_000))));
            } catch (TimeoutException e) {
                println("too late");
            }
            var statistics = cluster.getLocalExecutorStats();
            while (statistics.getCancelledTaskCount() == 0) {
                sleep(ofMillis(10));
            }
            println("and cancelled where it ran");
        });
    } finally {
        member.getLifecycleService().terminate();
    }
}
