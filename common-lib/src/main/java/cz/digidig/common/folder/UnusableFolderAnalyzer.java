package cz.digidig.common.folder;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Puts what to do in the place of a stack trace. */
final class UnusableFolderAnalyzer extends AbstractFailureAnalyzer<UnusableFolder> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableFolder cause) {
        return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
    }
}
