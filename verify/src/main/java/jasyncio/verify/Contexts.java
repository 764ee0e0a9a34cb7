package jasyncio.verify;

import static jasyncio.verify.Vocabulary.NOTHING;

import jasyncio.Context;
import jasyncio.ContextVar;
import java.util.Map;

/** Context variables. */
final class Contexts {
    private static final Map<String, ContextVar<Integer>> VARIABLES =
            Map.of("v0", new ContextVar<>("v0"), "v1", new ContextVar<>("v1", -1));

    private Contexts() {}

    static void addTo(Vocabulary vocabulary) {
        vocabulary.plain("setVar", (f, s) -> {
            f.execution().name(s.text("as"), variable(s).set(s.number("value")));
            return null;
        });
        vocabulary.plain("resetVar", (f, s) -> {
            ContextVar.Token token = f.execution().named(s.text("as"), ContextVar.Token.class);
            if (token == null) {
                return NOTHING;
            }
            variable(s).reset(token);
            return "ok";
        });
        vocabulary.plain("getVar", (_, s) -> variable(s).get().toString());
        vocabulary.plain("inContext", (f, s) -> {
            Context.copyCurrent().run(() -> f.plainBlock(s.body("body")));
            return null;
        });
    }

    private static ContextVar<Integer> variable(Statement statement) {
        ContextVar<Integer> variable = VARIABLES.get(statement.text("on"));
        if (variable == null) {
            throw new IllegalArgumentException("Unknown context variable: " + statement.text("on"));
        }
        return variable;
    }
}
