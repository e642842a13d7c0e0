# A small bank: state, errors and reports, as plugins are written.
from collections import defaultdict
from contextlib import contextmanager
from decimal import Decimal
class BankError(Exception): pass
class Insufficient(BankError):
    def __init__(self, need, have): super().__init__(f"need {need}, have {have}"); self.missing = need - have
class Account:
    def __init__(self, owner): self.owner, self.balance, self.history = owner, Decimal(0), []
    def change(self, amount, why):
        if self.balance + amount < 0: raise Insufficient(-amount, self.balance)
        self.balance += amount
        self.history.append((why, amount))
class Bank:
    def __init__(self): self.accounts = {}
    def __getitem__(self, owner): return self.accounts.setdefault(owner, Account(owner))
    @contextmanager
    def transaction(self):
        before = {o: (a.balance, len(a.history)) for o, a in self.accounts.items()}
        try: yield self
        except BankError as error:
            for owner, (balance, length) in before.items():
                self[owner].balance = balance
                del self[owner].history[length:]
            print("rolled back:", error)
            raise
    def transfer(self, source, target, amount):
        with self.transaction():
            self[target].change(Decimal(amount), f"from {source}")
            self[source].change(-Decimal(amount), f"to {target}")
bank = Bank()
bank["ann"].change(Decimal("100.10"), "salary")
bank["bob"]
for source, target, amount in (("ann", "bob", "30.05"), ("bob", "ann", "99"), ("bob", "cid", "0.05"), ("ann", "bob", "70.05"), ("cid", "ann", "-5")):
    try: bank.transfer(source, target, amount)
    except Insufficient as error: print("missing", error.missing)
totals = defaultdict(Decimal)
for owner, account in sorted(bank.accounts.items()):
    print(f"{owner:<5}|{account.balance:>10,.2f}|", *account.history)
    for why, amount in account.history: totals[why.split()[0]] += amount
print(dict(totals), sum(a.balance for a in bank.accounts.values()))
