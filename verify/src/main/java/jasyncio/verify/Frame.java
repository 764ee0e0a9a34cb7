package jasyncio.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement sees.
 *
 * @param who the label of the task or callback that executes it
 */
record Frame(Execution execution, String who) {

    void log(String text) {
        execution.log(who, text);
    }

    /** The same execution, for a callback. */
    Frame child(String base) {
        return new Frame(execution, execution.nextLabel(base));
    }

    /** Executes statements that do not suspend. */
    void plainBlock(List<Statement> statements) throws Exception {
        for (Statement statement : statements) {
            if (execution.exhausted()) {
                return;
            }
            Vocabulary.Plain operation = Vocabulary.plain(statement.op());
            if (operation == null) {
                throw new IllegalArgumentException("A callback cannot execute " + statement.op());
            }
            plain(operation, statement);
        }
    }

    /** Executes statements until the end or a return. */
    @Nullable
    Returned block(List<Statement> statements) throws Exception {
        for (Statement statement : statements) {
            if (execution.exhausted()) {
                return null;
            }
            Vocabulary.Plain operation = Vocabulary.plain(statement.op());
            if (operation != null) {
                plain(operation, statement);
                continue;
            }
            try {
                Returned returned = Vocabulary.nesting(statement.op()).execute(this, statement);
                if (returned != null) {
                    return returned;
                }
            } catch (Exception failure) {
                passed(statement, failure);
            }
        }
        return null;
    }

    private void plain(Vocabulary.Plain operation, Statement statement) throws Exception {
        try {
            String text = operation.execute(this, statement);
            if (text != null) {
                log(statement.op() + ": " + text);
            }
        } catch (Exception failure) {
            passed(statement, failure);
        }
    }

    /** A safe statement logs its failure and lets the program go on. */
    private void passed(Statement statement, Exception failure) throws Exception {
        if (!statement.flag("safe")) {
            throw failure;
        }
        log(statement.op() + ": " + Words.describe(failure));
    }
}
