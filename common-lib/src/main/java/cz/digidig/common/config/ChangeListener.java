package cz.digidig.common.config;

/** Puts a changed configuration into effect. */
@FunctionalInterface
public interface ChangeListener<T extends Record> {
    /**
     * Called before the change is saved, one change at a time. Where another listener refuses the same change afterwards,
     * it is called again with the two swapped, to undo it.
     *
     * @throws ChangeRefused it can't be put into effect (an address that can't be bound, say); the former one stays
     */
    void onChange(T before, T after);
}
