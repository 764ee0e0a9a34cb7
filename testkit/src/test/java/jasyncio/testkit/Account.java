package jasyncio.testkit;

import static jasyncio.Asyncio.sleep;

import java.time.Duration;

/** Checks, awaits, acts: what another task does in between is not seen. */
final class Account {
    private int balance;

    Account(int balance) {
        this.balance = balance;
    }

    int balance() {
        return balance;
    }

    boolean withdraw(int amount) {
        if (balance < amount) {
            return false;
        }
        audit();
        balance -= amount; // the check above may no longer hold
        return true;
    }

    private static void audit() {
        sleep(Duration.ZERO);
    }
}
