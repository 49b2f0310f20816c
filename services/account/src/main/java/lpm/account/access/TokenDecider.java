package lpm.account.access;

import lpm.account.access.TokenCommand.IssueToken;
import lpm.account.access.TokenCommand.RelabelToken;
import lpm.account.access.TokenCommand.RevokeToken;
import lpm.account.access.TokenState.Revoked;
import lpm.account.access.TokenState.Unissued;
import lpm.account.access.TokenState.Valid;
import lpm.contracts.account.TokenEvent;
import lpm.contracts.account.TokenEvent.TokenIssued;
import lpm.contracts.account.TokenEvent.TokenRelabelled;
import lpm.contracts.account.TokenEvent.TokenRevoked;
import lpm.platform.Decider;
import lpm.platform.Decision;
import lpm.platform.Refusal;
import lpm.platform.Scope;

/** Decides about a token. A revoked one never authenticates again. */
public final class TokenDecider implements Decider<TokenCommand, TokenState, TokenEvent> {
    @Override
    public TokenState initial() {
        return new Unissued();
    }

    @Override
    public Decision<TokenEvent> decide(TokenCommand command, TokenState state) {
        return switch (state) {
            case Unissued _ -> issue(command);
            case Valid valid ->
                command.account().equals(valid.account())
                        ? change(command, valid)
                        : Decision.reject(Refusal.notFound());
            case Revoked _ -> command instanceof RevokeToken ? Decision.accept() : Decision.reject(Refusal.notFound());
        };
    }

    private static Decision<TokenEvent> issue(TokenCommand command) {
        return command instanceof IssueToken issue
                ? Decision.accept(new TokenIssued(
                        issue.token(),
                        issue.account(),
                        issue.user(),
                        issue.audience(),
                        issue.tokenHash(),
                        issue.scopes(),
                        issue.expiry()))
                : Decision.reject(Refusal.notFound());
    }

    private static Decision<TokenEvent> change(TokenCommand command, Valid valid) {
        return switch (command) {
            case IssueToken issue ->
                issue.tokenHash().equals(valid.tokenHash())
                        ? Decision.accept()
                        : Decision.reject("The token was issued before");
            case RelabelToken relabel -> Decision.accept(new TokenRelabelled(relabel.token(), relabel.account()));
            case RevokeToken revoke -> Decision.accept(new TokenRevoked(revoke.token(), revoke.account()));
        };
    }

    @Override
    public TokenState evolve(TokenState state, TokenEvent event) {
        return switch (event) {
            case TokenIssued issued ->
                new Valid(
                        issued.token(),
                        issued.account(),
                        issued.user(),
                        issued.audience(),
                        issued.tokenHash(),
                        issued.scopes(),
                        issued.expiry());
            case TokenRelabelled _ -> state;
            case TokenRevoked revoked -> new Revoked(revoked.token(), revoked.account());
        };
    }

    @Override
    public Scope scope(TokenState state) {
        return switch (state) {
            case Unissued _ -> Scope.NONE;
            case Valid valid -> Scope.of(valid.account());
            case Revoked revoked -> Scope.of(revoked.account());
        };
    }
}
