package jasyncio;

import jasyncio.spi.Picker;

/** The ready entries of one iteration as a {@link Picker} sees them. */
final class PickedOrder implements Picker.Ready {
    private final Picker picker;
    private final ReadyQueue ready;
    private int size;

    PickedOrder(Picker picker, ReadyQueue ready) {
        this.picker = picker;
        this.ready = ready;
    }

    /** Returns the index of the entry to run next among the first {@code size}. */
    int next(int size) {
        this.size = size;
        int index = picker.pick(this);
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("The picker chose entry " + index + " of " + size + ": " + picker);
        }
        return index;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public String describe(int index) {
        return switch (ready.get(index)) {
            case Task<?> task -> task.name();
            case Handle _ -> "callback";
            case LibraryCallback callback -> Describe.body(callback);
            default -> "blocked coroutine";
        };
    }
}
