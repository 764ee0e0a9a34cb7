package jasyncio;

/** Hints for mistakes that javac cannot see, added to the exception that the JDK throws for them. */
final class Misuse {
    private Misuse() {}

    static void explain(Throwable e) {
        if (e.getClass() == IllegalMonitorStateException.class
                && "current thread is not owner".equals(e.getMessage())) {
            e.addSuppressed(new Hint(
                    "wait(), notify() and notifyAll() are java.lang.Object's; jasyncio's Event and Condition have await(),"
                            + " signal() and signalAll()"));
        }
    }

    /** Carries the hint in a stack trace. */
    static final class Hint extends Exception {
        private static final long serialVersionUID = 1L;

        Hint(String text) {
            super(text, null, false, false);
        }
    }
}
