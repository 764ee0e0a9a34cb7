package jasyncio.verify;

/** What a program is about: each favours a few themes, so that their statements meet. */
enum Theme {
    CONTROL,
    TASKS,
    FUTURES,
    CALLBACKS,
    HANDLES("h"),
    GATHERING,
    WAITING("r"),
    GROUPS,
    GROUP_TASKS("g"),
    TIMEOUTS,
    RESCHEDULING("x"),
    LOCKS,
    CONDITIONS,
    SIGNALS("c"),
    EVENTS,
    BARRIERS,
    QUEUES,
    CONTENTION,
    FAILURES,
    CONTEXTS;

    private final String needs;

    Theme() {
        this("");
    }

    Theme(String needs) {
        this.needs = needs;
    }

    /** The family of names that its statements are about, and without which they say little; or nothing. */
    String needs() {
        return needs;
    }
}
