package cz.digidig.storage.index;

/** How fast the indexer may work; told after each batch, it may wait. */
interface Pace {
    /** @param nanos how long a batch took */
    void worked(int messages, long nanos);

    /** True: the work is to be left where it is. */
    boolean stopping();
}
