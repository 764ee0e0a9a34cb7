package jasyncio.traces;

import static jasyncio.traces.GeneratorSteps.counter;
import static jasyncio.traces.GeneratorSteps.generator;
import static jasyncio.traces.GeneratorSteps.guarded;
import static jasyncio.traces.GeneratorSteps.plain;
import static jasyncio.traces.GeneratorSteps.steps;
import static jasyncio.traces.Words.show;

import jasyncio.generator.GeneratorExit;
import jasyncio.generator.SendGenerator;
import jasyncio.generator.StopIteration;
import java.util.ArrayList;
import java.util.List;

/** Exceptions in one generator: thrown in, coming out, and the exit of close. */
final class GeneratorExceptions {
    private GeneratorExceptions() {}

    static void generatorThrowThatIsNotCaught(Trace t) {
        steps(t, "g", guarded(t), "next throw:boom state next throw:bang");
    }

    static void generatorThrowThatIsCaught(Trace t) {
        var g = plain(y -> {
            try {
                y.yield(1);
            } catch (Failed failure) {
                t.log("caught " + show(failure));
            }
            Object got = y.yield(2);
            t.log("got " + show(got));
        });
        steps(t, "g", g, "next throw:boom state send:x");
    }

    static void generatorThrowThatMakesTheBodyReturn(Trace t) {
        var g = generator(y -> {
            try {
                y.yield(1);
            } catch (Failed caught) {
                return "rescued";
            }
            return null;
        });
        steps(t, "g", g, "next throw:boom next");
    }

    static void generatorThrowThatIsReplaced(Trace t) {
        var g = plain(y -> {
            try {
                y.yield(1);
            } catch (Failed failure) {
                throw new Failed("replaced", failure);
            }
        });
        steps(t, "g", g, "next throw:boom state");
    }

    static void generatorThrowIntoOneThatNeverBegan(Trace t) {
        steps(t, "g", guarded(t), "throw:boom state next");
    }

    static void generatorThrowIntoAnEndedOne(Trace t) {
        steps(t, "g", counter(t), "next next next throw:boom throw:bang next");
    }

    static void generatorThrowTwice(Trace t) {
        var g = plain(y -> {
            for (int number = 0; ; number++) {
                try {
                    y.yield(number);
                } catch (Failed failure) {
                    t.log("caught " + show(failure));
                }
            }
        });
        steps(t, "g", g, "next throw:boom throw:bang next throw:boom");
    }

    static void generatorThrowKeepsTheObject(Trace t) {
        List<Failed> caught = new ArrayList<>();
        var g = plain(y -> {
            try {
                y.yield(1);
            } catch (Failed failure) {
                caught.add(failure);
                throw failure;
            }
        });
        g.next();
        var thrown = new Failed("boom");
        try {
            g.throwIn(thrown);
        } catch (Failed failure) {
            t.log("inside " + show(caught.getFirst() == thrown) + ", outside " + show(failure == thrown));
        }
    }

    static void generatorSendsAndThrowsInTurn(Trace t) {
        var g = plain(y -> {
            Object answer = "begin";
            while (true) {
                try {
                    answer = y.yield(answer);
                } catch (Failed failure) {
                    answer = "failure " + failure.getMessage();
                }
            }
        });
        steps(t, "g", g, "next send:a throw:boom send:b throw:bang next close");
    }

    static void generatorCloseOfOneThatNeverBegan(Trace t) {
        steps(t, "g", guarded(t), "close state next close");
    }

    static void generatorCloseRunsFinally(Trace t) {
        steps(t, "g", guarded(t), "next close state next");
    }

    static void generatorCloseOfAnEndedOne(Trace t) {
        steps(t, "g", counter(t), "next next next close state");
    }

    static void generatorCloseTwice(Trace t) {
        steps(t, "g", guarded(t), "next close close");
    }

    static void generatorCloseAfterAFailure(Trace t) {
        steps(t, "g", guarded(t), "next throw:boom close state");
    }

    static void generatorCloseThatTheBodyAnswersByReturning(Trace t) {
        var g = generator(y -> {
            try {
                y.yield(1);
            } catch (GeneratorExit exit) {
                t.log("exit");
                return "result";
            }
            return null;
        });
        steps(t, "g", g, "next close state next");
    }

    static void generatorCloseThatTheBodyAnswersByTheEnd(Trace t) {
        var g = plain(y -> {
            try {
                y.yield(1);
            } catch (GeneratorExit exit) {
                t.log("caught " + show(exit));
            }
        });
        steps(t, "g", g, "next close state");
    }

    static void generatorCloseThatTheBodyAnswersByAnotherExit(Trace t) {
        var g = plain(y -> {
            try {
                y.yield(1);
            } catch (GeneratorExit exit) {
                throw new GeneratorExit();
            }
        });
        steps(t, "g", g, "next close state");
    }

    static void generatorCloseThatTheBodyAnswersByAStop(Trace t) {
        var g = plain(y -> {
            try {
                y.yield(1);
            } catch (GeneratorExit exit) {
                throw new StopIteration(null);
            }
        });
        steps(t, "g", g, "next close state");
    }

    static void generatorCloseThatTheBodyAnswersByAFailure(Trace t) {
        var g = plain(y -> {
            try {
                y.yield(1);
            } catch (GeneratorExit exit) {
                throw new Failed("in cleanup");
            }
        });
        steps(t, "g", g, "next close state close");
    }

    static void generatorCloseThatTheBodyIgnores(Trace t) {
        var g = plain(y -> {
            try {
                y.yield(1);
            } catch (GeneratorExit exit) {
                t.log("ignored");
            }
            Object got = y.yield(2);
            t.log("got " + show(got));
            y.yield(3);
        });
        steps(t, "g", g, "next close state send:x close state");
    }

    static void generatorCloseWhileFinallyYields(Trace t) {
        var g = plain(y -> {
            try {
                y.yield(1);
            } finally {
                t.log("finally");
                y.yield("from finally");
                t.log("after");
            }
        });
        steps(t, "g", g, "next close state close state");
    }

    static void generatorCloseAgainWhileFinallyStandsStill(Trace t) {
        var g = plain(y -> {
            try {
                try {
                    y.yield(1);
                } finally {
                    t.log("inner");
                    y.yield(2);
                }
            } finally {
                t.log("outer");
            }
        });
        steps(t, "g", g, "next throw:boom close state");
    }

    static void generatorExitThrownInComesBack(Trace t) {
        steps(t, "g", guarded(t), "next throw:exit state next");
    }

    static void generatorExitThrownIntoOneThatNeverBegan(Trace t) {
        steps(t, "g", guarded(t), "throw:exit state next");
    }

    static void generatorExitThrownInAndIgnored(Trace t) {
        var g = plain(y -> {
            try {
                y.yield(1);
            } catch (GeneratorExit exit) {
                y.yield("still here");
            }
        });
        steps(t, "g", g, "next throw:exit state next");
    }

    static void generatorExitRaisedByTheBody(Trace t) {
        var g = plain(y -> {
            y.yield(1);
            throw new GeneratorExit();
        });
        steps(t, "g", g, "next next state next");
    }

    static void generatorStopRaisedByTheBodyIsRefused(Trace t) {
        var g = plain(y -> {
            y.yield(1);
            throw new StopIteration("too clever");
        });
        g.next();
        try {
            g.next();
        } catch (IllegalStateException refusal) {
            t.log("refused because " + show(refusal.getCause()));
        }
        steps(t, "g", g, "state next");
    }

    static void generatorStopEscapingFromAnotherGenerator(Trace t) {
        var g = plain(y -> {
            var empty = plain(_ -> {});
            y.yield(1);
            y.yield(empty.next());
        });
        steps(t, "g", g, "next next next");
    }

    static void generatorStopThrownInIsRefused(Trace t) {
        steps(t, "g", guarded(t), "next throw:stop state next");
    }

    static void generatorStopThrownInAndCaught(Trace t) {
        var g = plain(y -> {
            try {
                y.yield(1);
            } catch (StopIteration end) {
                t.log("caught " + show(end));
            }
            y.yield(2);
        });
        steps(t, "g", g, "next throw:stop next");
    }

    static void generatorStopThrownIntoOneThatNeverBegan(Trace t) {
        steps(t, "g", guarded(t), "throw:stop state next");
    }

    static void generatorStopThrownIntoAnEndedOne(Trace t) {
        steps(t, "g", guarded(t), "close throw:stop next");
    }

    static void generatorFailureEndsIt(Trace t) {
        var g = plain(y -> {
            y.yield(1);
            throw new Failed("boom");
        });
        steps(t, "g", g, "next next state next close");
    }

    static void generatorFailureBeforeTheFirstYield(Trace t) {
        var g = plain(_ -> {
            throw new Failed("boom");
        });
        steps(t, "g", g, "next state next");
    }

    private static GeneratorSteps.Plain nestedFinally(Trace t) {
        return y -> {
            try {
                try {
                    try {
                        y.yield(1);
                    } finally {
                        t.log("inner");
                    }
                } finally {
                    t.log("middle");
                }
            } finally {
                t.log("outer");
            }
        };
    }

    static void generatorNestedFinallyBlocksInOrder(Trace t) {
        steps(t, "closed", plain(nestedFinally(t)), "next close");
        steps(t, "failed", plain(nestedFinally(t)), "next throw:boom");
        steps(t, "ended", plain(nestedFinally(t)), "next next");
    }

    @SuppressWarnings({"finally", "Finally"})
    static void generatorFailureInFinallyReplaces(Trace t) {
        GeneratorSteps.Plain body = y -> {
            try {
                y.yield(1);
            } finally {
                throw new Failed("in finally");
            }
        };
        steps(t, "closed", plain(body), "next close state");
        steps(t, "failed", plain(body), "next throw:boom state");
    }

    static void generatorYieldsInsideFinally(Trace t) {
        GeneratorSteps.Plain body = y -> {
            try {
                y.yield(1);
            } finally {
                Object got = y.yield(2);
                t.log("got " + show(got));
            }
        };
        steps(t, "ended", plain(body), "next next send:x");
        steps(t, "failed", plain(body), "next throw:boom send:x state");
    }

    static void generatorYieldsInsideAHandlerAndFailsOn(Trace t) {
        var g = plain(y -> {
            try {
                y.yield(1);
            } catch (Failed failure) {
                y.yield(2);
                throw failure;
            }
        });
        steps(t, "g", g, "next throw:boom next state");
    }

    static void generatorHandlerGetsAnotherException(Trace t) {
        var g = plain(y -> {
            try {
                y.yield(1);
            } catch (Failed first) {
                try {
                    y.yield(2);
                } catch (Failed failure) {
                    t.log("second " + show(failure));
                    y.yield(3);
                }
            }
        });
        steps(t, "g", g, "next throw:boom throw:bang next");
    }

    @SuppressWarnings({"finally", "Finally"})
    static void generatorReturnInFinallySwallows(Trace t) {
        SendGenerator.Body<Object, Object, Object> body = y -> {
            try {
                y.yield(1);
            } finally {
                return "swallowed";
            }
        };
        steps(t, "g", generator(body), "next throw:boom");
        steps(t, "h", generator(body), "next close next");
    }

    private static AutoCloseable open(Trace t, String name) {
        t.log("open " + name);
        return () -> t.log("close " + name);
    }

    static void generatorYieldsInsideWith(Trace t) {
        GeneratorSteps.Plain body = y -> {
            try (var _ = open(t, "a");
                    var _ = open(t, "b")) {
                y.yield(1);
            }
            y.yield(2);
        };
        steps(t, "ended", plain(body), "next next next");
        steps(t, "closed", plain(body), "next close");
        steps(t, "failed", plain(body), "next throw:boom");
    }
}
