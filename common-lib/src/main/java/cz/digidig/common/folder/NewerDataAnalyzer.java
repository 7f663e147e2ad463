package cz.digidig.common.folder;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Puts what to do in the place of a stack trace. */
final class NewerDataAnalyzer extends AbstractFailureAnalyzer<NewerData> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, NewerData cause) {
        return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
    }
}
